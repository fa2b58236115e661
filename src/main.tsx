import "./app/styles/tokens.css";
import "./app/styles/base.css";
import "./app/styles/layout.css";
import "./app/styles/controls.css";
import "./app/styles/run.css";
import "./app/styles/panels.css";
import "./app/styles/settings.css";
import { painted } from "./app/painted";

/** What index.html holds is seen first: the page's own code, however it is loaded, waits until then. */
void painted().then(() => import("./app/start-page"));
