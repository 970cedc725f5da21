using System.Globalization;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Azure;

/// <summary>Turns what the service or the way to it says into one sentence. What was caught is left out of it: it may hold parts of
/// signatures.</summary>
/// <param name="address">Which container.</param>
/// <param name="sas">The signature that is shown there; null where it is a key or an identity.</param>
/// <param name="films">Whether films are read there; else it is a store.</param>
internal sealed class BlobFailure(BlobAddress address, string? sas, bool films = false)
{
    private const string Ways =
        "look at AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_SAS_TOKEN, the signature in the address, or the identity of this process";

    private string Subject => films ? $"'{address.Location}'" : $"The store '{address.Location}'";

    /// <summary>Does something with the service.</summary>
    /// <exception cref="AtlasException">It did not work; <see cref="StoreException"/> for a store.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception error) when (Handles(error, cancellationToken))
        {
            throw Told(error);
        }
    }

    /// <inheritdoc cref="GuardAsync"/>
    public T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (Handles(error, CancellationToken.None))
        {
            throw Told(error);
        }
    }

    // The client's own limit of time ends in a cancellation that nobody asked for.
    private static bool Handles(Exception error, CancellationToken cancellationToken) =>
        error is RequestFailedException or AggregateException or AuthenticationFailedException or IOException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private AtlasException Told(Exception error)
    {
        var last = error is AggregateException { InnerExceptions: [.., var inner] } ? inner : error;
        var sentence = last switch
        {
            AuthenticationFailedException =>
                $"{Subject} cannot be opened: no identity was found that Azure accepts; sign in with az login, "
                    + "or set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_SAS_TOKEN.",
            RequestFailedException { Status: > 0 } failed => Sentence(failed),
            _ => $"{Subject} cannot be reached ({Reason(last)}); look at the address and the network.",
        };
        return films ? new AtlasException(sentence) : new StoreException(sentence);
    }

    private string Sentence(RequestFailedException failed) =>
        failed switch
        {
            { Status: 401 or 403 } when sas is not null && BlobAddress.EndOf(sas) is { } end && end <= TimeProvider.System.GetUtcNow() =>
                $"The signature (SAS) for {(films ? "" : "the store ")}'{address.Location}' ended at "
                    + $"{end.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}; get a new one.",
            { Status: 401 or 403 } =>
                $"{Subject} does not let this process in ({Code(failed)}): its key, signature or identity is wrong or "
                    + $"is not allowed to do that; {Ways}.",
            _ when failed.ErrorCode == BlobErrorCode.ContainerNotFound =>
                $"There is no container '{address.Container}'; make it in the storage account, or give another one.",
            { Status: 400 } =>
                $"{Subject} is no address that the service takes ({Code(failed)}): a container's name has 3 to 63 small letters, digits "
                    + "and hyphens; look at the address.",
            { Status: 404 } or { Status: 412 } =>
                $"What was being read in '{address.Location}' was deleted or replaced meanwhile; try again.",
            _ => $"{Subject} answers {Code(failed)}; try again, or look at the state of the storage account.",
        };

    private static string Code(RequestFailedException failed) =>
        string.IsNullOrEmpty(failed.ErrorCode) ? $"{failed.Status}" : $"{failed.Status} {failed.ErrorCode}";

    private static string Reason(Exception error) =>
        error is OperationCanceledException ? "no answer in time"
        : Innermost(error).GetType() == typeof(RequestFailedException) ? "no answer"
        : Innermost(error).Message.TrimEnd('.');

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
