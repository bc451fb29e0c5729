import { Box } from '@strapi/design-system';
import { keyframes, styled } from 'styled-components';

const breathe = keyframes`
  50% { opacity: 0.4; }
`;

/** A grey stand-in for what is still loading. */
export const Skeleton = styled(Box)`
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral150};
  animation: ${breathe} 1.5s ease-in-out infinite;

  @media (prefers-reduced-motion: reduce) {
    animation: none;
  }
`;
