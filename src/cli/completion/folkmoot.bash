# Completes folkmoot's commands, options and known names in bash.
_clap_complete_folkmoot() {
    local _CLAP_COMPLETE_COMP_TYPE=${COMP_TYPE}
    if compopt +o nospace 2> /dev/null; then
        local _CLAP_COMPLETE_SPACE=false
    else
        local _CLAP_COMPLETE_SPACE=true
    fi

    # Bash ends words at =, @ and : (COMP_WORDBREAKS). What has no white space between in the line is one word.
    local words=() line=${COMP_LINE} i
    for (( i = 0; i <= COMP_CWORD; i++ )); do
        if (( i > 0 )) && [[ $line != [[:space:]]* ]]; then
            words[${#words[@]}-1]+=${COMP_WORDS[i]}
        else
            line=${line#"${line%%[![:space:]]*}"}
            words+=("${COMP_WORDS[i]}")
        fi
        line=${line#"${COMP_WORDS[i]}"}
    done
    # Only the last part of the word, $2, is replaced; what is before it stays in the line, an open quote too.
    local last=$(( ${#words[@]} - 1 )) quote=
    local before=${words[last]%"$2"*}
    case $before in
        *[\"\']) quote=${before:${#before}-1} before=${before%?} ;;
    esac
    words[last]=$before$2

    local answer
    COMPREPLY=()
    answer=$( \
        _CLAP_IFS=$'\013' \
        _CLAP_COMPLETE_INDEX="$last" \
        _CLAP_COMPLETE_COMP_TYPE="$_CLAP_COMPLETE_COMP_TYPE" \
        _CLAP_COMPLETE_SPACE="$_CLAP_COMPLETE_SPACE" \
        FOLKMOOT_QUOTE="$quote" \
        FOLKMOOT_COMPLETE="bash" \
        folkmoot -- "${words[@]}" \
    ) || return
    # Not by the shell's own splitting, which takes a * for names of files.
    IFS=$'\013' read -r -d '' -a COMPREPLY < <(printf '%s' "$answer")
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=${COMPREPLY[i]:${#before}}
    done
    if [[ $_CLAP_COMPLETE_SPACE == false ]] && [[ "${COMPREPLY-}" =~ [=/:]$ ]]; then
        compopt -o nospace
    fi
}
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o nospace -o bashdefault -o nosort -F _clap_complete_folkmoot folkmoot
else
    complete -o nospace -o bashdefault -F _clap_complete_folkmoot folkmoot
fi
