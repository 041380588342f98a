#include "drivers/printer/printer_open.h"

#include <stdint.h>
#include <string.h>

#include "core/str.h"
#include "drivers/printer/printer_file.h"
#include "drivers/printer/printer_tcp.h"
#include "drivers/printer/printer_usb.h"

/* "04b8:0e15" */
static bool read_ids(const char *text, unsigned *vendor, unsigned *product)
{
	char hex[9];
	uint8_t id[4];
	size_t len;

	if (strlen(text) != 9 || text[4] != ':')
		return false;
	memcpy(hex, text, 4);
	memcpy(hex + 4, text + 5, 5); /* the NUL too */
	if (!str_from_hex(hex, id, sizeof(id), &len) || len != sizeof(id))
		return false;
	*vendor = (unsigned)id[0] << 8 | id[1];
	*product = (unsigned)id[2] << 8 | id[3];
	return true;
}

struct printer *printer_open(const char *where, int timeout_ms, struct err *err)
{
	unsigned vendor = 0;
	unsigned product = 0;

	if (strcmp(where, "usb") == 0)
		return printer_usb_open(0, 0, err);
	if (str_starts(where, "usb:") && read_ids(where + 4, &vendor, &product))
		return printer_usb_open(vendor, product, err);
	if (str_starts(where, "tcp:"))
		return printer_tcp_open(where + 4, timeout_ms, err);
	if (str_starts(where, "file:"))
		return printer_file_open(where + 5, err);
	err_set(err, ERR_INVALID, 0, "\"%.80s\" is no printer", where);
	return NULL;
}
