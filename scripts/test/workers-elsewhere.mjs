// @ts-check

/**
 * Preloaded into Vitest, makes it start its workers on another Node: the program in `PATCHWORK_ENGINE_EXEC`. Vitest
 * itself needs a newer Node than older Electrons bring, but what it starts, and so the tests, runs on those too.
 */
if (process.env.PATCHWORK_ENGINE_EXEC) process.execPath = process.env.PATCHWORK_ENGINE_EXEC
