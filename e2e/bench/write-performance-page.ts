import { performancePage, readReports } from "./performance-page.ts";
import { asMarkdown } from "./tables.ts";

performancePage.write(asMarkdown(readReports()));
