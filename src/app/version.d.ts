/** The version in package.json, inserted by the bundler. */
declare const RETORT_VERSION: string;
