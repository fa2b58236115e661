/** Of package.json, put in by the bundler. */
declare const RETORT_VERSION: string;
