import type { Texts } from "../english/english";
import { arms } from "./arms";
import { charts, differencesTable, resultsTable } from "./charts";
import { data } from "./data";
import { exports, report, weightsReadme } from "./exports";
import { failures, links } from "./failures";
import { findings } from "./findings/findings";
import { gathering } from "./gathering";
import { guides, guideWords } from "./guides";
import { history } from "./history";
import { diagnostics, inspect } from "./inspect";
import { choices, knobs } from "./knobs";
import { look } from "./look";
import { methods } from "./methods/methods";
import { metrics } from "./metrics";
import { notes } from "./notes";
import { notices } from "./notices";
import { header, page, shortcuts } from "./page";
import { presets } from "./presets";
import { reading } from "./reading";
import { arrival, gallery, questions, records } from "./records";
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
import { problems } from "./rules/problems";
import { run } from "./run";
import { schemes } from "./schemes";
import { settings, views } from "./settings";
import { size } from "./size";
import { studies } from "./studies";
import { tour } from "./tour";
import { tryout } from "./tryout";

export const german: Texts = {
  locale: "de",
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
  compared,
  curveList,
  results,
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
