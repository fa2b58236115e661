import "./app/styles/tokens.css";
import "./app/styles/base.css";
import "./app/styles/layout.css";
import "./app/styles/controls.css";
import "./app/styles/run.css";
import "./app/styles/panels.css";
import "./app/styles/settings.css";
import { painted } from "./app/painted";

/** The content of index.html is painted first: the page's own code waits until then. */
void painted().then(() => import("./app/start-page"));
