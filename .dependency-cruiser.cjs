/** The import rules of docs/decisions and src/README.md, as a check. */
const ui = "^src/(app|charts|client|series|store|sharing|storage|texts)/|^src/main\\.tsx$";
/** A folder of the engine, or a file beside the folders. */
const engine = (place) => `^src/engine/${place}(/|\\.ts$)`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const outsideEngine = (name, allowed) =>
  rule(
    `engine-${name}`,
    `engine/${name} sees only ${allowed.join(", ") || "itself"} (and protocol)`,
    { path: engine(name), pathNot: "\\.test\\.ts$" },
    { path: "^src/engine/", pathNot: [...[name, ...allowed].map(engine), "/test-size\\.test-support\\.ts$"] },
  );

module.exports = {
  forbidden: [
    rule("no-cycles", "imports form a tree", {}, { circular: true }),
    rule(
      "protocol-is-pure",
      "protocol imports nothing of ours, and only valibot and fflate",
      { path: "^src/protocol/", pathNot: "\\.test\\.ts$" },
      { pathNot: ["^src/protocol/", "node_modules/(valibot|fflate)/"] },
    ),
    rule("engine-knows-no-ui", "the engine runs in a worker", { path: "^src/engine/" }, { path: ui }),
    rule(
      "ui-knows-no-engine",
      "only messages cross the worker boundary",
      { path: ui },
      { path: "^src/engine/|@tensorflow" },
    ),
    rule(
      "edges-see-protocol",
      "client, sharing and storage see only protocol",
      { path: "^src/(client|sharing|storage)/", pathNot: "\\.test\\.ts$" },
      { path: "^src/(app|charts|series|store)/" },
    ),
    rule(
      "charts-are-props-in-pixels-out",
      "charts see only protocol",
      { path: "^src/charts/" },
      { path: "^src/(app|client|series|store|sharing|storage)/" },
    ),
    rule(
      "texts-are-words",
      "texts see only protocol",
      { path: "^src/texts/" },
      { path: "^src/(app|charts|client|series|store|sharing|storage)/" },
    ),
    rule(
      "store-knows-no-panels",
      "store sees protocol, client, sharing, storage",
      { path: "^src/store/" },
      { path: "^src/(app|charts|series)/" },
    ),
    rule(
      "series-are-selectors",
      "series sees protocol, texts, store and what charts take",
      { path: "^src/series/" },
      { path: "^src/(app|client|sharing|storage)/|^src/charts/.*\\.tsx$" },
    ),
    outsideEngine("math", []),
    outsideEngine("compiled", []),
    outsideEngine("backend", ["compiled"]),
    outsideEngine("operations", ["math", "backend", "compiled"]),
    outsideEngine("dataset", ["math"]),
    outsideEngine("views", ["math", "backend", "compiled", "dataset"]),
    outsideEngine("networks", ["math", "backend", "operations"]),
    outsideEngine("optimizers", ["math", "backend", "compiled"]),
    outsideEngine("methods", ["math", "operations", "networks"]),
    outsideEngine("evaluation", ["math", "compiled", "networks", "dataset", "views"]),
    outsideEngine("models", ["dataset", "backend"]),
    outsideEngine("training", [
      "models",
      "math",
      "backend",
      "operations",
      "compiled",
      "optimizers",
      "networks",
      "methods",
      "views",
      "dataset",
      "evaluation",
    ]),
    outsideEngine("interchange", ["networks"]),
    outsideEngine("durability", ["dataset", "networks", "training", "interchange", "models", "failures"]),
    outsideEngine("device", ["backend", "compiled", "operations", "failures"]),
    rule(
      "fixtures-stay-out",
      "the page of fixtures is no part of what is built",
      { path: "^src/", pathNot: "^src/app/fixtures/" },
      { path: "^src/app/fixtures/" },
    ),
    rule(
      "every-component-has-a-fixture",
      "what draws is to be seen on the page of fixtures, too",
      { path: "^src/app/fixtures/main\\.tsx$" },
      {
        path: "^src/(app|charts)/.*\\.tsx$",
        // The page itself, and its ways in for files, which show nothing by themselves.
        pathNot: "^src/app/(page|start-page|data/page-(drop|paste))\\.tsx$",
        reachable: false,
      },
    ),
    rule(
      "no-orphans",
      "what nothing imports is deleted",
      {
        orphan: true,
        pathNot: [
          "\\.test\\.ts$",
          "^src/main\\.tsx$",
          "^src/app/adopted-styles\\.ts$",
          "\\.test-support\\.ts$",
          "\\.d\\.ts$",
          "config",
          "^e2e/",
        ],
      },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules/(?!valibot|fflate|@tensorflow)" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".mjs", ".json"] },
  },
};
