using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>How frames look, for telling those that show nearly the same: the first components of their reduced vectors, of length
/// 1.</summary>
/// <param name="Width">Numbers a frame.</param>
/// <param name="Rows"><c>[n, Width]</c>.</param>
internal sealed record FrameLooks(int Width, float[] Rows)
{
    /// <summary>The components with the most variance come first: by these 64 the same frames are near as by all 256.</summary>
    private const int MostComponents = 64;

    private const int RowsAtOnce = 512;

    /// <summary>How a frame looks.</summary>
    public ReadOnlySpan<float> this[int frame] => Rows.AsSpan(frame * Width, Width);

    /// <summary>Reads what is needed of <c>reduced.npy</c>, in pieces, so that memory grows with the frames that are asked for
    /// only.</summary>
    /// <param name="map">The map.</param>
    /// <param name="numbers">Numbers of frames on the map, rising.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="AtlasException">The file is gone or damaged.</exception>
    public static async Task<FrameLooks> ReadAsync(AtlasMap map, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        var stream =
            await map
                .Collection.Artifacts.OpenAsync(map.Collection.Names.Map(map.Info.Version, "reduced.npy"), cancellationToken)
                .ConfigureAwait(false)
            ?? throw new NotFoundException($"Map {map.Info.Version} has lost its file reduced.npy; make it again with atlas place.");
        await using (stream.ConfigureAwait(false))
        {
            var header = new byte[Math.Min(256, stream.Length)];
            await stream.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
            var (description, shape, start) = Npy.ParseHeader(header);
            if (description != "<f4" || shape is not [var rows, > 0 and var width] || rows != map.Count)
            {
                throw new DamagedFileException($"reduced.npy of map {map.Info.Version} is damaged; make the map again with atlas place.");
            }

            var looks = new FrameLooks(Math.Min(width, MostComponents), new float[numbers.Count * Math.Min(width, MostComponents)]);
            var piece = new byte[RowsAtOnce * width * sizeof(float)];
            for (var (next, first) = (0, 0); next < numbers.Count; first += RowsAtOnce)
            {
                if (numbers[next] >= first + RowsAtOnce)
                {
                    continue;
                }

                var length = Math.Min(RowsAtOnce, rows - first) * width * sizeof(float);
                stream.Position = start + ((long)first * width * sizeof(float));
                await stream.ReadExactlyAsync(piece.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                for (; next < numbers.Count && numbers[next] < first + RowsAtOnce; next++)
                {
                    looks.Set(next, MemoryMarshal.Cast<byte, float>(piece).Slice((numbers[next] - first) * width, width));
                }
            }

            return looks;
        }
    }

    /// <summary>A vector's direction is its look: a plain frame, near the library's mean, is then not near to everything.</summary>
    private void Set(int frame, ReadOnlySpan<float> reduced)
    {
        var row = Rows.AsSpan(frame * Width, Width);
        reduced[..Width].CopyTo(row);
        if (TensorPrimitives.Norm<float>(row) is > 0 and var norm)
        {
            TensorPrimitives.Divide(row, norm, row);
        }
    }
}
