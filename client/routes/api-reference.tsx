import { QueryClientProvider } from "@tanstack/react-query";
import { ApiReferencePage } from "../api-reference/api-reference-page.tsx";
import { queryClient } from "../sign-in/query-client.ts";

export function Component() {
  return (
    <QueryClientProvider client={queryClient}>
      <ApiReferencePage />
    </QueryClientProvider>
  );
}
