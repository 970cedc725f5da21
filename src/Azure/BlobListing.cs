using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace OrleansAtlas.Azure;

/// <summary>Lists all blobs under a prefix in ordinal order of their names. What the first level groups is listed side by side; no more
/// than some pages are in memory.</summary>
internal static class BlobListing
{
    private const int SideBySide = 8;
    private const int PagesAhead = 2;

    /// <summary>All of them.</summary>
    /// <param name="container">Where.</param>
    /// <param name="first">The same, as it is asked first: it soon tells where it does not answer.</param>
    /// <param name="prefix">What their names start with.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async IAsyncEnumerable<BlobItem> AllAsync(
        BlobContainerClient container,
        BlobContainerClient first,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var begun = new Queue<IAsyncEnumerable<BlobItem>>();
        try
        {
            await foreach (var item in LevelAsync(container, first, prefix, stop.Token).ConfigureAwait(false))
            {
                begun.Enqueue(item.IsPrefix ? Begin(container, item.Prefix, stop.Token) : One(item.Blob));
                while (begun.Count > SideBySide)
                {
                    await foreach (var blob in begun.Dequeue().ConfigureAwait(false))
                    {
                        yield return blob;
                    }
                }
            }

            while (begun.TryDequeue(out var next))
            {
                await foreach (var blob in next.ConfigureAwait(false))
                {
                    yield return blob;
                }
            }
        }
        finally
        {
            // Whoever leaves early ends what was begun.
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<BlobHierarchyItem> LevelAsync(
        BlobContainerClient container,
        BlobContainerClient first,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? next = null;
        do
        {
            var asked = next is null ? first : container;
            var page = await asked
                .GetBlobsByHierarchyAsync(new() { Prefix = prefix, Delimiter = "/" }, cancellationToken)
                .AsPages(next)
                .FirstAsync(cancellationToken)
                .ConfigureAwait(false);
            foreach (var item in page.Values)
            {
                yield return item;
            }

            next = page.ContinuationToken;
        } while (!string.IsNullOrEmpty(next));
    }

    private static IAsyncEnumerable<BlobItem> Begin(BlobContainerClient container, string prefix, CancellationToken cancellationToken)
    {
        var pages = Channel.CreateBounded<IReadOnlyList<BlobItem>>(PagesAhead);
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await foreach (
                        var page in container.GetBlobsAsync(new() { Prefix = prefix }, cancellationToken).AsPages().ConfigureAwait(false)
                    )
                    {
                        await pages.Writer.WriteAsync(page.Values, cancellationToken).ConfigureAwait(false);
                    }

                    pages.Writer.Complete();
                }
#pragma warning disable CA1031 // Whatever it is, the reader throws it.
                catch (Exception error)
                {
                    pages.Writer.Complete(error);
                }
#pragma warning restore CA1031
            },
            CancellationToken.None
        );
        return ReadAsync(pages.Reader, cancellationToken);
    }

    private static async IAsyncEnumerable<BlobItem> ReadAsync(
        ChannelReader<IReadOnlyList<BlobItem>> pages,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var page in pages.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var blob in page)
            {
                yield return blob;
            }
        }
    }

    private static async IAsyncEnumerable<BlobItem> One(BlobItem blob)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return blob;
    }
}
