import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

export class ChangeProductDto {
  @IsOptional()
  @IsString()
  @Length(1, 191)
  name?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  priceCents?: number;
}
