import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

export class EnableAdministrationDto {
  @IsUUID()
  connectionId!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(100)
  sourceId!: string;
}

/** Null clears a field; a field that is not sent stays. */
const Nullable = (): PropertyDecorator => ValidateIf((_, value) => value !== null && value !== undefined);

class HouseStyleDto {
  @IsOptional() @IsString() @MinLength(1) @MaxLength(200) senderName?: string;
  @Nullable() @IsEmail() senderEmail?: string | null;
  @Nullable() @IsEmail() replyTo?: string | null;
  @Nullable() @Matches(/^[A-Z]{2}\d{2}[A-Z0-9 ]{10,40}$/, { message: 'iban is an IBAN' }) iban?: string | null;
  @Nullable() @Matches(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, { message: 'bic is a BIC' }) bic?: string | null;
  @IsOptional()
  @Matches(/^#[0-9a-fA-F]{6}$/, { message: 'accentColor is a colour such as #0f766e' })
  accentColor?: string;
  @IsOptional() @IsString() @MaxLength(2_000) signature?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(8)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  addressLines?: string[];
  @Nullable() @IsString() @MaxLength(50) phone?: string | null;
}

class WritebackChoicesDto {
  @IsOptional() @IsBoolean() note?: boolean;
  @IsOptional() @IsBoolean() document?: boolean;
  @IsOptional() @IsBoolean() task?: boolean;
  @IsOptional() @IsBoolean() dunningStatus?: boolean;
  @IsOptional() @IsBoolean() badge?: boolean;
  @IsOptional() @IsBoolean() standing?: boolean;
  @IsOptional() @IsBoolean() ownReminders?: boolean;
  @IsOptional() @IsBoolean() reminderEmail?: boolean;
}

class DunningSettingsDto {
  @IsOptional() @IsBoolean() automatic?: boolean;
  @Nullable() @IsInt() @Min(1) @Max(525_600) maxStalenessMinutes?: number | null;
}

export class ChangeAdministrationDto {
  @IsOptional() @IsString() @MinLength(1) @MaxLength(200) name?: string;
  @IsOptional() @IsIn(['nl', 'en', 'fr']) language?: string;
  @IsOptional() @Matches(/^[A-Z]{2}$/, { message: 'country is an ISO 3166-1 code such as NL' }) country?: string;
  @IsOptional() @IsTimeZone() timeZone?: string;
  @IsOptional() @IsBoolean() enabled?: boolean;
  @IsOptional() @ValidateNested() @Type(() => HouseStyleDto) houseStyle?: HouseStyleDto;
  @IsOptional() @ValidateNested() @Type(() => WritebackChoicesDto) writebackChoices?: WritebackChoicesDto;
  @IsOptional() @ValidateNested() @Type(() => DunningSettingsDto) dunning?: DunningSettingsDto;
}
