/** What every page needs before its parts are there; a part brings what only it needs. */
import "./tokens.css";
import "./base.css";
import "./layout.css";
import "./controls.css";
import "./run.css";
import "./panels.css";
import "./curves.css";
import "./settings.css";
import "./schemes.css";
import "./own-images.css";
import "./phases.css";
