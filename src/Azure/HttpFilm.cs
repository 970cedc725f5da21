using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OrleansAtlas.Media;

namespace OrleansAtlas.Azure;

/// <summary>A film that any web server gives out by ranges.</summary>
internal sealed class HttpFilm : RemoteFilm
{
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler { MaxAutomaticRedirections = 5, ConnectTimeout = TimeSpan.FromSeconds(20) }
    )
    {
        Timeout = TimeSpan.FromSeconds(100),
    };

    private readonly Uri _address;
    private readonly EntityTagHeaderValue? _tag;

    private HttpFilm(Uri address, long length, DateTimeOffset modified, EntityTagHeaderValue? tag) =>
        (_address, Length, Modified, _tag) = (address, length, modified, tag);

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Time of the last change; the beginning of time where the server does not say.</summary>
    public DateTimeOffset Modified { get; }

    /// <inheritdoc/>
    public override string? Tag => _tag?.ToString();

    /// <summary>Asks for one byte to see what is there.</summary>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="BlobServerException">A blob server wants to know who asks.</exception>
    /// <exception cref="IOException">Nothing that is given out by ranges.</exception>
    public static async Task<HttpFilm> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(address, 0, 1, cancellationToken).ConfigureAwait(false);
        return answer.Content.Headers.ContentRange is { Length: { } length }
            ? new HttpFilm(address, length, answer.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch, answer.Headers.ETag)
            : throw new IOException("the server does not say how long it is");
    }

    /// <inheritdoc/>
    public override async Task ReadAsync(long offset, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(_address, offset, bytes.Length, cancellationToken).ConfigureAwait(false);
        if (!Equals(answer.Headers.ETag, _tag) || answer.Content.Headers.ContentRange?.Length != Length)
        {
            throw new IOException("it was changed meanwhile");
        }

        try
        {
            var content = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (HttpRequestException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri address, long offset, int count, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Headers = { Range = new RangeHeaderValue(offset, offset + count - 1) },
        };
        try
        {
            var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.PartialContent)
            {
                return answer;
            }

            using (answer)
            {
                throw Refusal(answer);
            }
        }
        catch (Exception error)
            when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException(error is HttpRequestException ? error.Message.TrimEnd('.') : "no answer in time");
        }
    }

    private static IOException Refusal(HttpResponseMessage answer)
    {
        var code = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        var isMissing = answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone;
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => new IOException("the server gives out no ranges"),
            _ when BlobServerException.IsRefusal(answer.Headers, isMissing) => new BlobServerException($"the server answers {code}"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new IOException(
                $"the server does not let this process in ({code}); give an address that opens it"
            ),
            _ when isMissing => new FileNotFoundException($"the server answers {code}"),
            _ => new IOException($"the server answers {code}"),
        };
    }
}
