#include "terminal/ui/menu_view.h"

#include "core/tr.h"
#include "terminal/ui/parts.h"

void menu_view(const struct menu *menu, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("MENU"), .choices_in_body = true};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = menu_bindings(menu->step, &frame.bindings);
	sheet_space(&s);
	parts_choices_for(&s, info, frame.binding, frame.bindings);
	frame_show(c, info, &frame, &s);
}
