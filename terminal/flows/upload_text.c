#include "terminal/flows/upload_text.h"

#include "core/tr.h"

const char *upload_word(enum upload_trouble t)
{
	switch (t) {
	case UPLOAD_NOT_OURS:
		return tr("Not sent: not our centre");
	case UPLOAD_CLOCK:
		return tr("Not sent: see the date");
	case UPLOAD_ROLLED_BACK:
		return tr("Centre lost records");
	case UPLOAD_FORKED:
		return tr("Two books: do not pay");
	case UPLOAD_TAIL_LOST:
		return tr("Records missing: do not pay");
	case UPLOAD_REFUSED:
		return tr("Centre refuses a record");
	case UPLOAD_REVOKED:
		return tr("Centre revoked terminal");
	case UPLOAD_UNKNOWN:
		return tr("Centre does not know us");
	case UPLOAD_FINE:
	case UPLOAD_NO_NETWORK:
	case UPLOAD_SLOW:
	case UPLOAD_BUSY:
	case UPLOAD_NO_SENSE:
	case UPLOAD_NOT_POSSIBLE:
	case UPLOAD_STORE:
	case UPLOAD_TROUBLES:
		break;
	}
	return "";
}

const char *upload_says(enum upload_trouble t)
{
	switch (t) {
	case UPLOAD_FINE:
		return tr("The centre has confirmed everything that was sent.");
	case UPLOAD_NO_NETWORK:
		return tr("No network now. Go on working: everything is kept"
			  " here and is sent by itself when there is network.");
	case UPLOAD_SLOW:
		return tr("The network is slow or breaks off. Go on working: it"
			  " is tried again by itself, in smaller parts.");
	case UPLOAD_NOT_OURS:
		return tr("Whoever answered is not the centre, perhaps the"
			  " login page of a Wi-Fi. Nothing was sent. Use"
			  " another network, or tell the supervisor.");
	case UPLOAD_CLOCK:
		return tr("The date of this machine does not fit the centre's"
			  " certificate. Check date and time; if they are"
			  " right, tell the technician. Nothing is lost.");
	case UPLOAD_BUSY:
		return tr("The centre is busy and asks to come later. It is"
			  " sent by itself.");
	case UPLOAD_NO_SENSE:
		return tr("The centre gave no valid confirmation, so nothing"
			  " counts as delivered. It is sent again by itself.");
	case UPLOAD_ROLLED_BACK:
		return tr("The centre has lost records that it had confirmed,"
			  " perhaps it was restored from a backup. They are"
			  " sent again. Tell the technician.");
	case UPLOAD_FORKED:
		return tr("The centre has another book of this terminal. Do not"
			  " pay any more. Call the supervisor and the"
			  " technician at once.");
	case UPLOAD_TAIL_LOST:
		return tr("The centre has records of this terminal that are"
			  " not here: an older disk was put back, or records"
			  " were lost. Do not pay any more. A supervisor"
			  " fetches them: chitra centre tail.");
	case UPLOAD_REFUSED:
		return tr("The centre refused a record and put the delivery"
			  " aside. Nothing more is sent until the technician"
			  " has looked at it. Payments stay recorded here.");
	case UPLOAD_REVOKED:
		return tr("The centre takes nothing from this terminal any"
			  " more. Call the supervisor.");
	case UPLOAD_UNKNOWN:
		return tr("The centre does not know this terminal or its"
			  " certificate. It has to join anew: chitra centre"
			  " join.");
	case UPLOAD_NOT_POSSIBLE:
		return tr("Sending is not possible: libcurl is missing, or the"
			  " centre's address or certificate cannot be used."
			  " Call the technician.");
	case UPLOAD_STORE:
		return tr("The store could not be read or written while"
			  " sending. It is tried again by itself.");
	case UPLOAD_TROUBLES:
		break;
	}
	return "";
}
