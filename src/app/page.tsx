import { Suspense, useRef, useSyncExternalStore } from "react";
import { isArriving, phaseOf } from "../store/app-store";
import { onLanguageChange, texts } from "../texts/texts";
import { useApp } from "./app-context";
import { ArmsPanel } from "./arms/arms-panel";
import { PageDrop } from "./data/page-drop";
import { PagePaste } from "./data/page-paste";
import { Header } from "./header/header";
import { lazy } from "./lazy";
import { NotesPanel, NotesShown } from "./notes/notes-panel";
import { EngineNotice } from "./notices/engine-notice";
import { HistoryNotice } from "./notices/history-notice";
import { InterruptedNotice } from "./notices/interrupted-notice";
import { LinkNotice } from "./notices/link-notice";
import { OutdatedNotice } from "./notices/outdated-notice";
import { RunNotice } from "./notices/run-notice";
import { Part } from "./part";
import { PartTabs } from "./part-tabs";
import { CurvesPanel } from "./results/curves-panel";
import { ResultsPanel } from "./results/results-panel";
import "./styles/sharing.css";
import { usePageTitle } from "./run/page-title";
import { RunBar } from "./run/run-bar";
import { SkipLinks } from "./shortcuts/skip-links";
import { TourPlace } from "./tour/tour-offer";
import { useNear } from "./use-near";

/** Remounted when the language changes, because components keep texts they received once. */
export function Page({ embedded = false }: { embedded?: boolean }) {
  const { locale } = useSyncExternalStore(onLanguageChange, texts);
  return embedded ? <EmbeddedPage key={locale} /> : <FullPage key={locale} />;
}

/**
 * Arms, curves and results, with the settings next to them. Once something trains, arms and curves stand side by side,
 * and the settings step aside. A phone shows one part at a time.
 */
function FullPage() {
  usePageTitle();
  const arriving = useApp(isArriving);
  const phase = useApp(phaseOf);
  const part = useApp((state) => state.view.pagePart[phaseOf(state)]);
  return (
    <div className="page" data-phase={phase} data-part={part}>
      <PageDrop />
      <PagePaste />
      <SkipLinks />
      <Header />
      <RunBar />
      {phase === "choosing" && <Size />}
      <TourPlace />
      <LinkNotice />
      <EngineNotice />
      <RunNotice />
      <InterruptedNotice />
      <HistoryNotice />
      <OutdatedNotice />
      {arriving && (
        <Part>
          <Suspense fallback={<div className="panel arrival-to-come" aria-busy="true" />}>
            <Arrival />
          </Suspense>
        </Part>
      )}
      <div className="columns">
        <main className="main-column">
          <div className="arms-place">
            <ArmsPanel />
          </div>
          <div className="beside-arms">
            <Reproduction />
            {!arriving && <CurvesPanel />}
          </div>
          <ResultsPanel />
          {!arriving && <NotesPanel />}
          <Tryout />
          <LiveLook />
          <Inspection />
        </main>
        <Settings />
      </div>
      <PartTabs />
    </div>
  );
}

const Arrival = lazy(() => import("./arrival/arrival").then(({ Arrival: Loaded }) => ({ default: Loaded })));

const SettingsPanel = lazy(() =>
  import("./settings/settings-panel").then(({ SettingsPanel: Loaded }) => ({ default: Loaded })),
);

/**
 * Its space is reserved while it loads, so nothing moves. On narrow screens it is far below and loads when scrolled
 * near. While it is closed, its fields keep what was entered.
 */
function Settings() {
  const place = useRef<HTMLElement>(null);
  const near = useNear(place);
  const phase = useApp(phaseOf);
  const open = useApp((state) => state.view.settingsOpen[phase]);
  return (
    <aside
      id="settings"
      ref={place}
      className="panel settings-column"
      aria-label={texts().settings.title}
      hidden={!open}
    >
      {phase === "watching" && <Size />}
      {near && (
        <Part>
          <Suspense>
            <SettingsPanel />
          </Suspense>
        </Part>
      )}
    </aside>
  );
}

const SizePanel = lazy(() =>
  import("./size/size-panel").then(({ SizePanel: Loaded }) => ({ default: Loaded })),
);

/** Under the controls and, once something was trained, with the settings. Its lines are reserved while it loads. */
function Size() {
  return (
    <Part>
      <Suspense fallback={<div className="size-place" />}>
        <SizePanel />
      </Suspense>
    </Part>
  );
}

const TryPanel = lazy(() => import("./try/try-panel").then(({ TryPanel: Loaded }) => ({ default: Loaded })));

/** Once something is trained. */
function Tryout() {
  const isThere = useApp(({ run }) => run.runs.some(({ position }) => position !== undefined));
  return isThere ? (
    <Part>
      <Suspense>
        <TryPanel />
      </Suspense>
    </Part>
  ) : null;
}

const InspectPanel = lazy(() =>
  import("./inspect/inspect-panel").then(({ InspectPanel: Loaded }) => ({ default: Loaded })),
);

const ReproductionPanel = lazy(() =>
  import("./results/reproduction-panel").then(({ ReproductionPanel: Loaded }) => ({ default: Loaded })),
);

/** Shown for links with recorded curves. */
function Reproduction() {
  const recorded = useApp((state) => state.recorded);
  return recorded ? (
    <Part>
      <Suspense>
        <ReproductionPanel recorded={recorded} />
      </Suspense>
    </Part>
  ) : null;
}

const LookPanel = lazy(() =>
  import("./look/look-panel").then(({ LookPanel: Loaded }) => ({ default: Loaded })),
);

/** Once something has been trained, its networks can be looked at. */
function LiveLook() {
  const isThere = useApp(({ run }) => run.runs.length > 0);
  return isThere ? (
    <Part>
      <Suspense>
        <LookPanel />
      </Suspense>
    </Part>
  ) : null;
}

/** Once something has been trained, single images can be inspected. */
function Inspection() {
  const isThere = useApp(({ run }) => run.runs.length > 0);
  return isThere ? (
    <Part>
      <Suspense>
        <InspectPanel />
      </Suspense>
    </Part>
  ) : null;
}

/** The embedded page: arms, curves and results, without controls. */
function EmbeddedPage() {
  usePageTitle();
  return (
    <div className="page" data-embedded="true">
      <h1 className="visually-hidden">Retort</h1>
      <RunBar />
      <LinkNotice />
      <RunNotice />
      <main className="main-column">
        <Reproduction />
        <CurvesPanel />
        <ResultsPanel />
        <NotesShown />
      </main>
      <p className="small muted">
        <a href={openAddress()} target="_blank" rel="noreferrer">
          {texts().page.openInRetort}
        </a>
      </p>
    </div>
  );
}

/** The full page with its controls. */
function openAddress(): string {
  const url = new URL(window.location.href);
  url.searchParams.delete("embed");
  return url.href;
}
