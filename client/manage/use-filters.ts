import { useSearchParams } from "react-router";

/** What a list is filtered by: in the address, so that it can be sent to somebody. */
export function useFilters() {
  const [filters, setFilters] = useSearchParams();
  return {
    filters,
    /** Null: by anything. */
    filter: (name: string, value: string | null): void => {
      const next = new URLSearchParams(filters);
      if (value === null) next.delete(name);
      else next.set(name, value);
      setFilters(next, { replace: true });
    },
    clear: (): void => setFilters({}, { replace: true }),
  };
}
