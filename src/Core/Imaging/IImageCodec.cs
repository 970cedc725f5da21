using OrleansAtlas.Errors;

namespace OrleansAtlas.Imaging;

/// <summary>One of Core's seams: still pictures in files, by a native library that only <c>src/Images</c> knows.</summary>
public interface IImageCodec
{
    /// <summary>The library and its version, part of a collection's profile, e.g. <c>libvips 8.14.1</c>.</summary>
    string Version { get; }

    /// <summary>Reads a photo's header only. The size is the one after EXIF orientation. Null where the file is no picture this library
    /// reads.</summary>
    PhotoHeader? ReadHeader(string path);

    /// <summary>Decodes a picture file, upright by its EXIF orientation, in sRGB, scaled to exactly this size.</summary>
    /// <exception cref="DamagedFileException">The file is damaged; the message says how, for the inside of a sentence.</exception>
    RgbImage ReadPhoto(string path, int width, int height);

    /// <summary>Decodes a JPEG, PNG or WebP from memory at its own size.</summary>
    /// <exception cref="DamagedFileException">The bytes are no picture.</exception>
    RgbImage Decode(ReadOnlySpan<byte> file);

    /// <summary>Encodes as baseline JPEG, 4:2:0, without metadata; the same bytes for the same input.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 to 100.</param>
    byte[] EncodeJpeg(RgbImage image, int quality);

    /// <summary>Writes a picture file whose format is the path's extension: .png, .jpg, .jpeg or .webp. Rows are asked for
    /// from the top, a strip at a time, so that a poster never is in memory whole; the file appears whole or not at all.</summary>
    /// <param name="path">Where to write.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="strip">Fills the rows from <c>top</c> on: the span is <c>[rows, width, 3]</c>.</param>
    /// <param name="dotsPerInch">Resolution noted in the file.</param>
    /// <param name="cancellationToken">Stops between strips and leaves nothing behind.</param>
    void Write(string path, int width, int height, StripFiller strip, int dotsPerInch, CancellationToken cancellationToken);

    /// <summary>Draws a line of text as coverage, 0 to 255, in DejaVu Sans or what stands in for it.</summary>
    /// <param name="text">Plain text of any script, one line.</param>
    /// <param name="pixelHeight">Height of a line of text in pixels.</param>
    /// <param name="bold">Bold face.</param>
    TextMask RenderText(string text, int pixelHeight, bool bold);
}

/// <summary>Fills rows <paramref name="top"/> and following of a picture being written; <paramref name="rows"/> is <c>[n, width,
/// 3]</c>.</summary>
public delegate void StripFiller(int top, Span<byte> rows);

/// <summary>What a photo's header says.</summary>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="Format">jpeg, png, webp, tiff, gif, heif ...</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 where none is given.</param>
public sealed record PhotoHeader(int Width, int Height, string Format, int Orientation);

/// <summary>Drawn text: <c>[Height, Width]</c>, 0 where there is none, 255 where it covers the pixel.</summary>
public sealed record TextMask(int Width, int Height, byte[] Coverage);
