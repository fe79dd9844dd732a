import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, IsString, MaxLength, Validate, ValidateNested, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator'; // prettier-ignore
import { TABLE_KINDS, type FileKind, type TableKind } from '../../connectors/files/index.js';
import { PageQueryDto } from '../page-query.dto.js';

/** `{"dueDate": "Vervaldatum"}`: field to header. */
@ValidatorConstraint()
class IsColumns implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).every((header) => typeof header === 'string' && header.length <= 5_000)
    );
  }

  defaultMessage(): string {
    return 'an object from field to header';
  }
}

class MappingDto {
  @IsObject() @Validate(IsColumns) columns!: Record<string, string>;
  @IsIn(['comma', 'point']) numbers!: 'comma' | 'point';
  @IsIn(['dmy', 'mdy']) dates!: 'dmy' | 'mdy';
}

export class BringFileDto {
  @IsOptional() @IsIn([...TABLE_KINDS, 'invoice']) kind?: FileKind;
}

export class PreviewFileDto {
  @IsOptional() @IsIn(TABLE_KINDS) kind?: TableKind;
  @IsOptional() @ValidateNested() @Type(() => MappingDto) mapping?: MappingDto;
}

export class ImportFileDto extends PreviewFileDto {
  @IsOptional() @IsBoolean() confirmed?: boolean;
}

export class FilesQueryDto extends PageQueryDto {
  @IsOptional() @IsString() @MaxLength(500) record?: string;
}
