using System.Security.Cryptography;
using System.Text;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Bench;

/// <summary>All that a store keeps of a photo, with numbers made of its name.</summary>
internal static class KnownFilm
{
    private static readonly VideoInfo Photo = new()
    {
        Kind = MediaKind.Photo,
        Format = "jpeg",
        Codec = "mjpeg",
        Width = 640,
        Height = 360,
        DisplayWidth = 640,
        DisplayHeight = 360,
        Duration = 0,
        FrameRate = 0,
        Frames = 1,
        KeyframeSpacing = 0,
    };

    public static async Task AddAsync(CollectionStore collection, SourceFile film, CancellationToken cancellationToken)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(film.Name));
        var id = Convert.ToHexStringLower(seed)[..32];
        var source = new VideoSource(film.Name, film.Path, film.Size, film.Modified.UtcDateTime) { Target = film.Target, Tag = film.Tag };
        await collection.UpdateVideoAsync(
            id,
            _ => new VideoRecord
            {
                Id = id,
                Sources = [source],
                Info = Photo,
            },
            cancellationToken
        );
        var (names, artifacts) = (collection.Names, collection.Artifacts);
        await collection.AddPlanAsync(id, DecodePlanner.Plan(Photo, collection.Settings.Sampling), cancellationToken);
        await artifacts.TryAddAsync(names.Frames(id, 0, ".jpgs"), FramePack.ToBytes([seed]), cancellationToken);
        await artifacts.TryAddAsync(names.Times(id, 0), Npy.ToBytes<double>([0.0], 1), cancellationToken);
        var random = new Random(BitConverter.ToInt32(seed));
        var numbers = Enumerable.Range(0, collection.Settings.Model.Dimensions).Select(_ => (Half)random.NextSingle()).ToArray();
        await artifacts.TryAddAsync(names.Features(id, 0), Npy.ToBytes<Half>(numbers, 1, numbers.Length), cancellationToken);
    }
}
