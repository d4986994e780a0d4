/** Named timers, one of each at a time. */
export function createTimers() {
  const running = new Map<string, ReturnType<typeof setTimeout>>();
  function stop(name: string): void {
    clearTimeout(running.get(name));
    running.delete(name);
  }
  return {
    set(name: string, ms: number, then: () => void): void {
      stop(name);
      running.set(
        name,
        setTimeout(() => {
          running.delete(name);
          then();
        }, ms),
      );
    },
    stop,
    isRunning: (name: string): boolean => running.has(name),
    clear(): void {
      for (const name of running.keys()) stop(name);
    },
  };
}
