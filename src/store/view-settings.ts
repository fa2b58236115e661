import type { XAxis } from "../protocol/metrics";
import { type Arrangement, asPlanned } from "./arrangement";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export type Scale = "linear" | "log";
export type Band = "deviation" | "error" | "range" | "interval" | "none";

export const settingsTabs = ["arm", "images", "views", "training"] as const;
export type SettingsTab = (typeof settingsTabs)[number];

/** How the page shows a training. Nothing here changes what is trained, and no link carries it. */
export interface ViewSettings extends Arrangement {
  readonly theme: Theme;
  readonly xAxis: XAxis;
  readonly xScale: Scale;
  readonly yScale: Scale;
  /** Share that the running mean keeps of itself, in [0, 1). */
  readonly smoothing: number;
  readonly band: Band;
  readonly seeds: "mean" | "each";
  /** All arms on one chart, or one chart per arm on the same axes. */
  readonly layout: "together" | "apart";
  /** Which of the papers' figures stand on the charts of accuracies, by their id. */
  readonly paperLines?: string;
  /** The palette's place of the arm that others are compared with; else the first. */
  readonly baselineSlot?: number;
  /** The palette's place of the arm whose settings are shown; else the first. */
  readonly editedSlot?: number;
  readonly settingsTab: SettingsTab;
  /** Whether somebody is being shown around. */
  readonly touring: boolean;
  /** Whether single keys work anywhere on the page. */
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
  touring: false,
  shortcuts: true,
};
