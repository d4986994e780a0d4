import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { Announcer } from "./ui/announcer.tsx";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { Loading } from "./ui/loading.tsx";
import { ThemeProvider } from "./ui/theme-provider.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

/** A candidate's two addresses are one page and need no router, which is a fifth of what such a page would load. */
const isCandidates = /^\/sit(\/|$)/.test(window.location.pathname);

const Page = lazy(async () => {
  const page = isCandidates ? await import("./routes/sit.tsx") : await import("./routes/router.tsx");
  return { default: page.Component };
});

createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <ErrorBoundary>
        <Suspense fallback={<Loading what="the page" />}>
          <Page />
        </Suspense>
      </ErrorBoundary>
      <Announcer />
    </ThemeProvider>
  </StrictMode>,
);
