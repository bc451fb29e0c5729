import { withDetail, type ReasonCode, type ReasonParams } from '../../contracts/reason';

/** Where a backend is, in a sentence. @param place null where the configuration holds none that can be read */
export function placeParams(place: string | null): ReasonParams {
  if (place !== null) return { place };
  const { detail, detailCode } = withDetail({}, 'place_configured');
  return { place: detail ?? '', placeCode: detailCode ?? '' };
}

/** What happened to a backend, where the driver's own words would say nothing to a person. */
export function saidInOwnWords(code: ReasonCode): ReasonParams {
  const { detail, detailCode } = withDetail({}, code);
  return { said: detail ?? '', saidCode: detailCode ?? '' };
}
