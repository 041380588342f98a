/* verb_decode.c - `chitra decode IMAGE`: the codes in a picture, as bytes. */
#include <stdio.h>

#include "core/tr.h"
#include "drivers/camera/image_reader.h"
#include "terminal/app/json.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb.h"

enum exit_status verb_decode(int argc, char **argv)
{
	static struct decode_result codes;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "decode", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words != 1)
		return verb_usage("decode");
	if (!scan_image(o.word[0], &codes, &err))
		return verb_err(&o, &err);
	for (int i = 0; i < codes.count && !o.json; i++)
		scan_print_safe(stdout, codes.code[i].bytes, codes.code[i].len);
	if (codes.count == 0)
		fprintf(stderr, "%s\n",
			tr("No QR code was found in this picture. Take it "
			   "again,"
			   " nearer and with more light."));
	return verb_reply(&o, json_decoded(&codes),
		codes.count > 0 ? EXIT_DONE : EXIT_REFUSED);
}
