import { Button, Text } from "@mantine/core";

type OlderProps = {
  /** What is read page by page. */
  readonly pages: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  /** What is said when there are no more. */
  readonly end?: string;
};

/** The way to what is older than what a list shows, or that there is nothing. */
export function Older({ pages, end = "These are all." }: OlderProps) {
  return pages.hasNextPage ? (
    <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      Older
    </Button>
  ) : (
    <Text size="sm" c="dimmed">
      {end}
    </Text>
  );
}
