import { arms } from "./arms";
import { charts, differencesTable, resultsTable } from "./charts";
import { data } from "./data";
import { exports, report, weightsReadme } from "./exports";
import { failures, links, problems } from "./failures";
import { gathering } from "./gathering";
import { guides, guideWords } from "./guides";
import { history } from "./history";
import { diagnostics, inspect } from "./inspect";
import { look } from "./look";
import { choices, knobs, methods, studies } from "./methods";
import { metrics } from "./metrics";
import { notes } from "./notes";
import { notices } from "./notices";
import { header, page, shortcuts } from "./page";
import { presets } from "./presets";
import { reading } from "./reading";
import { arrival, findings, gallery, questions, records } from "./records";
import {
  chartOptions,
  compared,
  curveList,
  curves,
  floors,
  ledger,
  probeRates,
  reproduction,
  results,
  teachers,
  trainings,
  welcome,
} from "./results";
import { run } from "./run";
import { schemes } from "./schemes";
import { settings, views } from "./settings";
import { size } from "./size";
import { tour } from "./tour";
import { tryout } from "./tryout";

/** All texts of the page, by part. */
export const english = {
  /** For numbers and dates. */
  locale: "en",
  page,
  header,
  shortcuts,
  run,
  size,
  notices,
  notes,
  look,
  history,
  arms,
  settings,
  views,
  schemes,
  charts,
  differencesTable,
  resultsTable,
  metrics,
  curves,
  welcome,
  chartOptions,
  curveList,
  results,
  compared,
  trainings,
  floors,
  ledger,
  probeRates,
  teachers,
  reproduction,
  records,
  questions,
  findings,
  arrival,
  gallery,
  gathering,
  data,
  inspect,
  diagnostics,
  exports,
  weightsReadme,
  report,
  failures,
  links,
  problems,
  methods,
  knobs,
  choices,
  studies,
  presets,
  reading,
  tour,
  guides,
  guideWords,
  tryout,
};

/** The texts every language must provide: a missing one is a type error. */
export type Texts = typeof english;
