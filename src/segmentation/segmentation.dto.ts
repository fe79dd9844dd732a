import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsEmail,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const LANGUAGES = ['nl', 'en', 'fr'] as const;

/** One line of text that Postgres and a mail header can hold. */
const OneLine = (): PropertyDecorator => Matches(/^[^\p{Cc}]*$/u, { message: 'one line of text' });

export class SegmentRulesBody {
  @ApiProperty({
    type: [Object],
    description: 'rules in order; the first that matches wins, the last has no conditions',
  })
  @IsArray()
  rules!: unknown[];
}

export class DunningContactBody {
  @ApiProperty()
  @IsString()
  @MaxLength(200)
  @OneLine()
  name!: string;

  @ApiProperty()
  @IsEmail()
  @MaxLength(254)
  email!: string;
}

export class DebtorChoicesBody {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'id of a segment; null: by the rules' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @OneLine()
  segment?: string | null;

  @ApiPropertyOptional({ enum: ['business', 'consumer'], nullable: true, description: 'null: as in the ledger' })
  @IsOptional()
  @IsIn(['business', 'consumer'])
  kind?: 'business' | 'consumer' | null;

  @ApiPropertyOptional({ enum: LANGUAGES, nullable: true, description: 'null: as in the ledger' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: string | null;

  @ApiPropertyOptional({
    type: DunningContactBody,
    nullable: true,
    description: 'null: the e-mail address of the ledger',
  })
  @ValidateIf((body: DebtorChoicesBody) => body.dunningContact !== undefined && body.dunningContact !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => DunningContactBody)
  dunningContact?: DunningContactBody | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @OneLine()
  accountManager?: string | null;
}
