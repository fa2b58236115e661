import { texts } from "../../texts/texts";
import { useApp, useHistory } from "../app-context";

/** Saved trainings whose curves are also drawn, with buttons to remove them. */
export function OverlayList() {
  const overlays = useApp((state) => state.history.overlays);
  const { removeOverlay } = useHistory();
  if (overlays.length === 0) return null;
  return (
    <ul className="row overlay-list" aria-label={texts().history.overlays}>
      {overlays.map(({ id, title }) => (
        <li key={id}>
          <button
            type="button"
            className="button button-small"
            aria-label={texts().history.overlayRemove(title)}
            onClick={() => void removeOverlay(id)}
          >
            {title} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
