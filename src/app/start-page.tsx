import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { createEngineClient } from "../client/engine-client";
import { connectWorker } from "../client/worker-connection";
import { createAppStore } from "../store/app-store";
import { connectEffects } from "../store/effects";
import { createEngineActions } from "../store/engine-actions";
import { createExperimentActions } from "../store/experiment/experiment-actions";
import { createHistoryLoader } from "../store/history/history-loader";
import { createSizeActions } from "../store/size-actions";
import { rememberedChoice, speakChosen } from "../texts/choice";
import { AppProvider } from "./app-context";
import { keepForOffline } from "./offline";
import { Page } from "./page";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const store = createAppStore();
const { searchParams } = new URL(window.location.href);
/** `?backend=` selects a backend that would not be chosen here, for comparison. */
const wantedBackend = searchParams.get("backend");
const client = createEngineClient(connectWorker);
const engine = createEngineActions(store, client, {
  ...(wantedBackend !== null && { wantedBackend }),
});
const actions = createExperimentActions(store, engine);
const history = createHistoryLoader(store);
const sizes = createSizeActions(store, client);

/** `?embed` shows the experiment without controls, for a frame in another page. */
const embedded = searchParams.has("embed");

function render(element: HTMLElement): void {
  createRoot(element).render(
    <StrictMode>
      <AppProvider app={{ store, engine, actions, history: history.actions, sizes }}>
        <Page embedded={embedded} />
      </AppProvider>
    </StrictMode>,
  );
}

// Before any text is shown. Not awaited by the module itself: the texts of a language may import from the same chunk,
// and would wait for it in turn.
void speakChosen(rememberedChoice()).then(() => {
  // In slices, so that the browser can respond in between.
  startTransition(() => render(root));
  connectEffects(store, engine, actions, history, sizes);
  // During development, files change under the same name.
  if (import.meta.env.PROD) keepForOffline(() => store.setState({ renewed: true }));
});
