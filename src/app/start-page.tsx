import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { createEngineClient } from "../client/engine-client";
import { connectWorker } from "../client/worker-connection";
import { createAppStore } from "../store/app-store";
import { connectEffects } from "../store/effects";
import { createEngineActions } from "../store/engine-actions";
import { createExperimentActions } from "../store/experiment-actions";
import { createHistoryDoor } from "../store/history-door";
import { rememberedChoice, speakChosen } from "../texts/choice";
import { AppProvider } from "./app-context";
import { keepForOffline } from "./offline";
import { Page } from "./page";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const store = createAppStore();
const { searchParams } = new URL(window.location.href);
/** `?backend=` takes one that would not be chosen here, to compare. */
const wantedBackend = searchParams.get("backend");
const engine = createEngineActions(store, createEngineClient(connectWorker), {
  ...(wantedBackend !== null && { wantedBackend }),
});
const actions = createExperimentActions(store, engine);
const history = createHistoryDoor(store);

/** `?embed` shows the experiment without what would change it, for a frame in another page. */
const embedded = searchParams.has("embed");

// Before the first word is shown.
await speakChosen(rememberedChoice());

// In slices, so that the browser can answer in between.
startTransition(() => {
  createRoot(root).render(
    <StrictMode>
      <AppProvider app={{ store, engine, actions, history: history.actions }}>
        <Page embedded={embedded} />
      </AppProvider>
    </StrictMode>,
  );
});
connectEffects(store, engine, actions, history);
// While developing, files change under their names.
if (import.meta.env.PROD) keepForOffline(() => store.setState({ renewed: true }));
