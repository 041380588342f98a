/*
 * net_curl.h - the centre over TLS, by libcurl.
 *
 * It believes the authority it is given and no other: not the system's, not
 * what the environment names. It follows no redirect, goes through no proxy
 * but the one it is given, keeps no cookies and speaks HTTP/1.1. libcurl is
 * loaded when the first one is opened: no start of the program waits for it.
 */
#ifndef DRIVERS_NET_NET_CURL_H
#define DRIVERS_NET_NET_CURL_H

#include "drivers/net/net.h"

/* All borrowed: they have to live as long as the net. */
struct net_curl_options {
	const char *url;   /* "https://centre.example:8443" */
	const char *ca;    /* PEM of the authority; NULL: pin says who */
	const char *pin;   /* "sha256//…" of the server's key; NULL: not */
	const char *cert;  /* PEM of this terminal; NULL: it shows none */
	const char *key;   /* PEM (PKCS 8) of its key */
	const char *proxy; /* "http://10.0.0.1:3128"; NULL: none */
	unsigned low_s;    /* for tests of what is slow; 0: NET_LOW_S */
	unsigned total_s;  /* 0: NET_TOTAL_S */
};

/* Is it an address that may be asked: https, a host, no path, no user? */
bool net_curl_url_is_good(const char *url);

/* NULL: *trouble NET_NO_PART, or NET_SETTINGS. Asks nobody yet. */
struct net *net_curl_open(const struct net_curl_options *o,
	enum net_trouble *trouble, struct err *err);

#endif
