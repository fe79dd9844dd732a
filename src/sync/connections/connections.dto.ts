import { IsBooleanString, IsObject, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

export class CreateConnectionDto {
  @IsString()
  @MinLength(1)
  @MaxLength(50)
  connector!: string;

  @IsOptional()
  @IsObject()
  settings?: Record<string, unknown>;
}

export class CallbackQueryDto {
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  code?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  state?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  error?: string;

  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  error_description?: string;
}

export class ReachQueryDto {
  @IsOptional()
  @IsBooleanString()
  rights?: string;
}
