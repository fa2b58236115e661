import "./app/styles/page-styles";
import { painted } from "./app/painted";

/** What index.html holds is seen first: the page's own code, however it is loaded, waits until then. */
void painted().then(() => import("./app/start-page"));
