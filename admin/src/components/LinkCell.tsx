import { Flex } from '@strapi/design-system';
import { styled } from 'styled-components';

/** The place of a link in a table: what it says stands on one line, cut with an ellipsis where that is longer than the place. */
export const LinkCell = styled(Flex)`
  max-width: 26rem;

  a {
    min-width: 0;
  }

  a > span:first-child {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
