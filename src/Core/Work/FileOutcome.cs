using System.Text.Json.Serialization;

namespace OrleansAtlas.Work;

/// <summary>A file that was found: what became of it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Reason">One sentence, which may call it by the last part of its name, or not at all.</param>
public sealed record FileOutcome(string Name, string Reason)
{
    /// <summary>The reason with the whole name in it, once.</summary>
    [JsonIgnore]
    public string Sentence
    {
        get
        {
            var last = Name[(Name.LastIndexOf('/') + 1)..];
            return Names(Reason, Name) ? Reason
                : Reason.StartsWith(last + " ", StringComparison.Ordinal) ? Name + Reason[last.Length..]
                : Reason.StartsWith($"'{last}' ", StringComparison.Ordinal) ? $"'{Name}'{Reason[(last.Length + 2)..]}"
                : $"{Name}: {Reason}";
        }
    }

    private static bool Names(string sentence, string name)
    {
        for (
            var at = sentence.IndexOf(name, StringComparison.Ordinal);
            at >= 0;
            at = sentence.IndexOf(name, at + 1, StringComparison.Ordinal)
        )
        {
            var end = at + name.Length;
            if ((at == 0 || IsBorder(sentence[at - 1])) && (end == sentence.Length || IsBorder(sentence[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBorder(char letter) => char.IsWhiteSpace(letter) || letter is '\'' or '/' or ':' or ',' or '(';
}
