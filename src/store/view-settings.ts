import type { MetricName, XAxis } from "../protocol/metrics/metrics";
import { type Arrangement, asPlanned } from "./arrangement";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export type Scale = "linear" | "log";
export type Band = "deviation" | "error" | "range" | "interval" | "none";

export const settingsTabs = ["arm", "images", "views", "training"] as const;
export type SettingsTab = (typeof settingsTabs)[number];

/** Parts of the page of which a phone shows one at a time. */
export const pageParts = ["compare", "curves", "results", "settings"] as const;
export type PagePart = (typeof pageParts)[number];

/** The page is first for choosing what to compare, and from the first start on for watching it. */
export type Phase = "choosing" | "watching";

/** Display options of a training. They do not affect training, and links do not contain them. */
export interface ViewSettings extends Arrangement {
  readonly theme: Theme;
  readonly xAxis: XAxis;
  readonly xScale: Scale;
  readonly yScale: Scale;
  /** The running mean's weight of its previous value, in [0, 1). */
  readonly smoothing: number;
  readonly band: Band;
  readonly seeds: "mean" | "each";
  /** All arms on one chart, or one chart per arm with the same axes. */
  readonly layout: "together" | "apart";
  /** Ids of the papers' figures shown on charts of accuracies. */
  readonly paperLines?: string;
  /** The palette's place of the arm that others are compared with; otherwise the first. */
  readonly baselineSlot?: number;
  /** The palette's place of the arm being edited; otherwise the first. */
  readonly editedSlot?: number;
  readonly settingsTab: SettingsTab;
  /** A chart to bring into view, until the curves have done so. */
  readonly soughtChart?: MetricName;
  /** Whether the settings are open, in each phase: they step aside when training starts. */
  readonly settingsOpen: Readonly<Record<Phase, boolean>>;
  /** The part that a phone shows, in each phase. */
  readonly pagePart: Readonly<Record<Phase, PagePart>>;
  /** Whether the tour is running. */
  readonly touring: boolean;
  /** Whether single-key shortcuts work anywhere on the page. */
  readonly shortcuts: boolean;
}

export const initialView: ViewSettings = {
  theme: "system",
  xAxis: "step",
  xScale: "linear",
  yScale: "linear",
  smoothing: 0,
  band: "deviation",
  seeds: "mean",
  layout: "together",
  ...asPlanned,
  settingsTab: "arm",
  settingsOpen: { choosing: true, watching: false },
  pagePart: { choosing: "curves", watching: "curves" },
  touring: false,
  shortcuts: true,
};

/** The view in which this part can be seen: the settings are opened, and a phone turns to the part. */
export function showing(view: ViewSettings, part: PagePart, phase: Phase): ViewSettings {
  const pagePart = { ...view.pagePart, [phase]: part };
  return part === "settings"
    ? { ...view, pagePart, settingsOpen: { ...view.settingsOpen, [phase]: true } }
    : { ...view, pagePart };
}
