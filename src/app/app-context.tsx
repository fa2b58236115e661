import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { AppState, AppStore } from "../store/app-store";
import type { EngineActions } from "../store/engine-actions";
import type { ExperimentActions } from "../store/experiment/experiment-actions";
import type { HistoryCalls } from "../store/history/history-loader";
import type { SizeActions } from "../store/size-actions";

/** The state and the four sets of actions that panels receive. */
export interface AppContext {
  readonly store: AppStore;
  readonly engine: EngineActions;
  readonly actions: ExperimentActions;
  readonly history: HistoryCalls;
  readonly sizes: SizeActions;
}

const Context = createContext<AppContext | undefined>(undefined);

export function AppProvider({ app, children }: { app: AppContext; children: ReactNode }) {
  return <Context value={app}>{children}</Context>;
}

/** @throws outside an AppProvider */
function useContextOfApp(): AppContext {
  const app = useContext(Context);
  if (!app) throw new Error("There is no AppProvider around this component.");
  return app;
}

/** Renders again only when the selected value changes: select as little as possible, and never a new object. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useContextOfApp().store, select);
}

export const useAppStore = (): AppStore => useContextOfApp().store;
/** For values needed only in event handlers: reads the current state and never renders again. */
export const useReadApp = (): (() => AppState) => useContextOfApp().store.getState;
export const useEngine = (): EngineActions => useContextOfApp().engine;
export const useActions = (): ExperimentActions => useContextOfApp().actions;
export const useHistory = (): HistoryCalls => useContextOfApp().history;
export const useSizes = (): SizeActions => useContextOfApp().sizes;
