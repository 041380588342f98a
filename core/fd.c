#include "core/fd.h"

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

bool fd_write_all(int fd, const void *bytes, size_t len)
{
	const uint8_t *rest = bytes;

	while (len > 0) {
		const ssize_t n = write(fd, rest, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		rest += n;
		len -= (size_t)n;
	}
	return true;
}
