/*
 * peer_zxing.cpp - zxing-cpp as a peer of bench_photo: grey pictures on stdin,
 * what it reads and the processor's time for it on stdout.
 *
 *	in	"WIDTH HEIGHT\n", then the pixels, a byte each
 *	out	"MS BYTES\n", then the bytes of the QR code; none: "MS 0\n"
 *
 * With its own settings but for the symbology, as bare zbar is measured.
 */
#include <ctime>
#include <cstdio>
#include <vector>

#define ZX_USE_UTF8 /* as the next release has it */
#include <ZXing/ReadBarcode.h>

static double now_ms()
{
	timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return double(t.tv_sec) * 1e3 + double(t.tv_nsec) / 1e6;
}

int main()
{
	const auto hints = ZXing::DecodeHints().setFormats(
		ZXing::BarcodeFormat::QRCode);
	std::vector<unsigned char> pixels;
	int width, height;

	while (std::scanf("%d %d", &width, &height) == 2 &&
		std::getchar() == '\n') {
		pixels.resize(std::size_t(width) * std::size_t(height));
		if (std::fread(pixels.data(), 1, pixels.size(), stdin) !=
			pixels.size())
			return 1;

		const double start = now_ms();
		const auto found = ZXing::ReadBarcode(
			{pixels.data(), width, height, ZXing::ImageFormat::Lum},
			hints);
		const double ms = now_ms() - start;
		const auto &bytes = found.bytes();
		const std::size_t len = found.isValid() ? bytes.size() : 0;

		std::printf("%.3f %zu\n", ms, len);
		std::fwrite(bytes.data(), 1, len, stdout);
		std::fflush(stdout);
	}
	return 0;
}
