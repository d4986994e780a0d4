import { Group, Loader, Text } from "@mantine/core";

/** `what` completes the sentence "Loading …". */
export function Loading({ what }: { readonly what: string }) {
  return (
    <Group p="xl" gap="sm" role="status">
      <Loader size="sm" aria-hidden />
      <Text>Loading {what} …</Text>
    </Group>
  );
}
