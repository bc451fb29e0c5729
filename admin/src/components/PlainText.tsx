import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

const Frame = styled(Box)`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  max-height: 32rem;
  overflow: auto;
  font-family: monospace;
`;

/** A longer text exactly as it is, such as a prompt that was sent. */
export function PlainText({ label, children }: { label: string; children: string }) {
  return (
    <Box width="100%">
      <Typography variant="sigma" textColor="neutral600">
        {label}
      </Typography>
      <Frame
        tabIndex={0}
        role="group"
        aria-label={label}
        background="neutral0"
        borderColor="neutral150"
        color="neutral800"
        hasRadius
        padding={3}
        marginTop={1}
        fontSize={1}
      >
        {children}
      </Frame>
    </Box>
  );
}
