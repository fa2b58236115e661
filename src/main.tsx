import "./app/styles/page-styles";
import { painted } from "./app/painted";

/** The content of index.html is painted first: the page's own code waits until then. */
void painted().then(() => import("./app/start-page"));
