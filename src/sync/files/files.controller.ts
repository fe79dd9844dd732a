import { Body, Controller, Delete, Get, HttpCode, Post, Query, StreamableFile, UploadedFile, UseInterceptors } from '@nestjs/common'; // prettier-ignore
import { FileInterceptor } from '@nestjs/platform-express';
import { LIMITS } from '../../connectors/files/index.js';
import { Id, invalid, readPage, Requires, Who, type Identity } from '../../http/index.js';
import { BringFileDto, FilesQueryDto, ImportFileDto, PreviewFileDto } from './files.dto.js';
import { FilesService } from './files.service.js';

/** A part of a multipart body, as it arrives. */
interface UploadedPart {
  readonly originalname: string;
  readonly buffer: Buffer;
}

const ONE_FILE = { limits: { fileSize: LIMITS.fileBytes, files: 1, fields: 5, fieldSize: 1_000 } };

@Controller('administrations/:id/files')
export class AdministrationFilesController {
  constructor(private readonly files: FilesService) {}

  @Get()
  @Requires('viewer')
  async list(@Who() who: Identity, @Id() id: string, @Query() query: FilesQueryDto): Promise<object> {
    return this.files.list(who.firmId, id, { ...readPage(query, 'uuid'), record: query.record ?? null });
  }

  @Post()
  @Requires('collector')
  @UseInterceptors(FileInterceptor('file', ONE_FILE))
  async bring(
    @Who() { firmId, actor }: Identity,
    @Id() administrationId: string,
    @UploadedFile() part: UploadedPart | undefined,
    @Body() body: BringFileDto,
  ): Promise<object> {
    if (part === undefined) throw invalid('file', 'a file in the field "file" of a multipart body');
    const file = { name: nameOf(part), bytes: part.buffer, kind: body.kind, origin: 'upload' as const };
    const id = await this.files.bring({ firmId, administrationId, actor, ...file });
    return this.files.get(firmId, id);
  }
}

@Controller('files/:id')
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Get()
  @Requires('viewer')
  async get(@Who() { firmId }: Identity, @Id() id: string): Promise<object> {
    return this.files.get(firmId, id);
  }

  @Get('content')
  @Requires('viewer')
  async content(@Who() { firmId }: Identity, @Id() id: string): Promise<StreamableFile> {
    const { name, bytes } = await this.files.contentOf(firmId, id);
    // Never shown, always saved: what somebody brought is nothing that a browser should run.
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
    return new StreamableFile(bytes, { type: 'application/octet-stream', disposition });
  }

  @Post('preview')
  @Requires('collector')
  @HttpCode(200)
  async preview(@Who() { firmId }: Identity, @Id() id: string, @Body() body: PreviewFileDto): Promise<object> {
    return this.files.preview(firmId, id, body);
  }

  @Post('import')
  @Requires('collector')
  @HttpCode(202)
  async import(@Who() { firmId, actor }: Identity, @Id() id: string, @Body() body: ImportFileDto): Promise<object> {
    const { state, counts, syncId } = await this.files.import({ firmId, id, actor }, body);
    return { id, status: state, counts, syncId };
  }

  @Delete()
  @Requires('collector')
  @HttpCode(204)
  async discard(@Who() { firmId, actor }: Identity, @Id() id: string): Promise<void> {
    await this.files.discard({ firmId, id, actor });
  }
}

/** Browsers send names in UTF-8, which the parser of multipart bodies takes for Latin-1. */
function nameOf({ originalname }: UploadedPart): string {
  const name = Buffer.from(originalname, 'latin1').toString('utf8').replaceAll('\u0000', '');
  return name.split(/[\\/]/).at(-1)?.slice(0, 200) || 'file';
}
