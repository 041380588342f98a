#include "terminal/flows/roster_text.h"

#include "core/tr.h"

const char *roster_trouble_text(enum user_trouble trouble,
	enum roster_fate fate)
{
	static const char *const text[USER_TROUBLES] = {
		[USER_NO_NUMBER] = TR("This is no number of a user (1 to "
				      "9999999)."),
		[USER_NO_NAME] = TR("The name is missing, too long or broken."),
		[USER_NO_ROLE] = TR("There is no such role. Write agent, staff,"
				    " supervisor or technician."),
		[USER_NO_DAY] = TR("The last day is no day."),
		[USER_TWICE] = TR("This number is in the table twice."),
	};

	if (trouble != USER_FINE)
		return tr(text[trouble]);
	return fate == ROSTER_OTHER ? tr("This number is somebody else's here,"
					 " or was revoked.")
				    : NULL;
}
