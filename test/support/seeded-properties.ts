import fc from "fast-check";

/**
 * Properties try the same cases at every run, so that a run which fails here fails everywhere. FAST_CHECK_SEED tries
 * others; a case that it finds becomes a test with a name.
 */
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_261_121) });
