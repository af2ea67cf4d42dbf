import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

/** As at a payment provider's test desk: one of them is declined. */
export const CARDS = ['card-ok', 'card-declined'] as const;
export type Card = (typeof CARDS)[number];

/** A flight for somebody, with a tour at its destination if they like. */
export class BookTripDto {
  @IsString()
  @Length(1, 64)
  flightId!: string;

  @IsOptional()
  @IsString()
  @Length(1, 64)
  tourId?: string;

  @IsInt()
  @Min(1)
  @Max(9)
  travelers!: number;

  @IsString()
  @Length(1, 128)
  guestName!: string;

  @Matches(/^[a-z]{2}(-[A-Z]{2})?$/, { message: 'guestLocale must be a language tag such as en or pt-BR' })
  guestLocale!: string;

  @IsIn(CARDS)
  card!: Card;
}

export class CancelBookingDto {
  @IsString()
  @Length(1, 191)
  reason!: string;
}
