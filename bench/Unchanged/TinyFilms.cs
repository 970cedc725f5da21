using System.Globalization;
using Azure.Storage.Blobs;
using OrleansAtlas.Media;

namespace OrleansAtlas.Bench;

/// <summary>Files, or blobs, that are named like photos and hold a few bytes: 5,000 in each folder. They are never opened.</summary>
internal static class TinyFilms
{
    private const int InFolder = 5_000;

    public static async Task MakeAsync(string place, int count, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        if (!FilmAddress.IsAddress(place))
        {
            await Parallel.ForAsync(
                0,
                count,
                options,
                async (number, token) =>
                {
                    var path = Path.Combine(place, NameOf(number));
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    if (!File.Exists(path))
                    {
                        await File.WriteAllTextAsync(path, NameOf(number), token);
                    }
                }
            );
            return;
        }

        var name = new BlobUriBuilder(new Uri(place)).BlobContainerName;
        var container = new BlobContainerClient(Environment.GetEnvironmentVariable("AZURE_STORAGE_CONNECTION_STRING"), name);
        if (await container.ExistsAsync(cancellationToken))
        {
            return;
        }

        await container.CreateAsync(cancellationToken: cancellationToken);
        await Parallel.ForAsync(
            0,
            count,
            options,
            async (number, token) => await container.UploadBlobAsync(NameOf(number), new BinaryData(NameOf(number)), token)
        );
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number / InFolder:D4}/{number:D7}.jpg");
}
