import "./app/styles/page-styles";
import { painted } from "./app/painted";
import onArrival from "./protocol/records/arrival.json";
import { fetchRecord } from "./storage/record-file";

const { hash, search } = window.location;
/** Nothing is named to be opened: the page shows a recorded comparison. */
const isArrival = hash === "" && !/[?&](preset|record|embed)\b/.test(search);

// At once, so that it comes while the page's code does. Where it fails, the page asks again and says why.
if (isArrival) fetchRecord(onArrival).catch(() => undefined);

/** The content of index.html is painted first: the page's own code waits until then. */
void painted().then(() => {
  void import("./app/start-page");
  if (isArrival) import("./app/arrival/arrival").catch(() => undefined);
});
