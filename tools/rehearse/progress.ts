const barWidth = 30;

/** A line for each step, and a bar where there is something to count. On a terminal the bar is drawn over itself. */
export function createProgress(out: NodeJS.WriteStream) {
  const began = Date.now();
  let name = "";
  let of = 0;
  let done = 0;
  let isDrawn = false;

  function newLine(): void {
    if (isDrawn) out.write("\n");
    isDrawn = false;
  }

  function draw(): void {
    if (!out.isTTY || of === 0) return;
    const filled = Math.round((Math.min(done, of) / of) * barWidth);
    out.write(`\r         ${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${done} of ${of}`);
    isDrawn = true;
  }

  return {
    step(next: string, count = 0): void {
      newLine();
      name = next;
      of = count;
      done = 0;
      out.write(`[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s] ${name} …\n`);
      draw();
    },
    at(count: number): void {
      done = count;
      draw();
    },
    tick(): void {
      done += 1;
      draw();
    },
    say(line: string): void {
      newLine();
      out.write(`${line}\n`);
    },
    end: newLine,
  };
}

export type Progress = ReturnType<typeof createProgress>;
