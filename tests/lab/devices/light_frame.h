/*
 * light_frame.h - what a camera sees that has a picture held before it.
 */
#ifndef TESTS_LAB_DEVICES_LIGHT_FRAME_H
#define TESTS_LAB_DEVICES_LIGHT_FRAME_H

#include <stdint.h>

/*
 * Fill width * height grey pixels: light, the picture of that file (such as
 * chitra decode takes) in the middle; path "": nothing but light. Ends the
 * program if it cannot be read.
 */
void light_frame(const char *path, int width, int height, uint8_t *grey);

#endif
